"""What may answer an alert: the acts that a detection names as its `playbook`, each with what it does."""

from collections.abc import Mapping
from difflib import get_close_matches

PLAYBOOKS: Mapping[str, str] = {
    "cancel_key_deletion": "cancels the deletion of a KMS key, and enables it",
    "deactivate_key": "makes an access key inactive",
    "deny_bedrock": "denies a principal all calls of models",
    "deny_bucket": "denies a principal the objects of a bucket",
    "detach_lifecycle_config": "takes a start-up script off a notebook",
    "detach_policy": "takes a policy off a user, role or group",
    "enable_security_service": "turns Security Hub, Macie, Inspector or Access Analyzer on again",
    "enable_threat_detection": "turns GuardDuty on again, with what it watched",
    "isolate_instance": "puts a machine into a security group that lets nothing in or out",
    "preserve_evidence": "copies disks, logs and policies before anything changes them",
    "quarantine_role": "denies a role everything",
    "quarantine_user": "denies a user everything, and makes its keys and service credentials inactive",
    "remove_replication": "ends the copying of a bucket to another account",
    "restart_trail": "starts CloudTrail again, with the settings that it had",
    "restore_flow_logs": "makes the flow logs of a network again",
    "restore_guardrail": "puts a guardrail back to the version before",
    "restore_invocation_logging": "turns on Bedrock's log of invocations again",
    "restore_query_logs": "makes the logs of DNS queries again",
    "revert_policy": "puts back the policy that there was before",
    "revert_sharing": "takes back the sharing of a snapshot or image",
    "revoke_sessions": "denies all sessions of a role that began before now",
    "rotate_key": "rotates a KMS key on demand",
    "start_config_recorder": "starts the recorder of AWS Config again",
    "stop_instances": "stops machines",
    "stop_jobs": "stops jobs of SageMaker",
    "stop_notebook": "stops a notebook",
}


def nearest(name: str) -> str:
    """Return the playbook whose name is most like one that is none."""
    return get_close_matches(name, PLAYBOOKS, n=1, cutoff=0)[0]
