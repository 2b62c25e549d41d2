"""Processing, tuning and AutoML jobs on several machines encrypt the traffic between them.

Why: a job on several machines sends the data, or the weights of the model, from one to the other; in the clear, whoever listens on
the way has them.

Fix: enable the encryption of traffic between containers in the next job's settings, and let its security group take UDP 500 and
IP protocol 50 from itself; jobs may take longer. SageMaker chooses how many machines an AutoML job takes: it is asked of all.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Job
from hexward.inventory.jobs import called
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(e)(2)(ii)", "NIST-800-53:SC-8"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html",
)
def traffic_between_job_hosts_encrypted(job: Job) -> Iterator[Fault]:
    several = [part for part in job.networks if job.machines[part].count != 1]
    if not several:
        raise NotApplicable("it ran on one machine" if job.networks else "its network is that of its model")
    for part in several:
        if not job.networks[part].encrypted:
            what = called("traffic", part)
            yield Fault(f"the {what} between its machines went in the clear", field="networks", aspect=what)
