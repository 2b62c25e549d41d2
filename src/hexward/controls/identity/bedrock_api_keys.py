"""Long-term API keys for Bedrock end within 30 days.

Why: such a key is one line of text that invokes models from anywhere, without a signature and without a second factor. It leaks as
access keys do, and the bill for the models that others run on it is yours.

Fix: use roles, or short-term keys, which end after twelve hours at most. Deactivate the key, watch for a day what stops, then delete
it; where one must stay, make it with `--credential-age-days 30`. A service control policy that denies `bedrock:CallWithBearerToken`
stops them all. Short-term keys leave no trace in IAM, and are not judged.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import BedrockApiKey, Inventory
from hexward.model import Fault, Severity

LONGEST = timedelta(days=30)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:IA-5", "OWASP-LLM:LLM10"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html",
)
def bedrock_api_keys(key: BedrockApiKey, inventory: Inventory) -> Iterator[Fault]:
    if key.status in {"Inactive", "Expired"}:
        raise NotApplicable(f"the key is {key.status.lower()}")
    if key.expires is None:
        yield Fault(f"the key of {key.user_name} never ends", field="expires")
    elif key.expires - inventory.collected_at > LONGEST:
        days = (key.expires - inventory.collected_at).days
        yield Fault(f"the key of {key.user_name} is good for another {days} days", field="expires")
