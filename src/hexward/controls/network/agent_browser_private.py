"""Browsers that agents drive run in the account's own VPC.

Why: a page that an agent visits can tell it what to do next. With a public network the browser then carries what it has open to any
address, and nothing of yours stands in between.

Fix: create the browser again in VPC mode, behind a proxy or a firewall that lets out only to the sites it needs, and use it in place
of this one; the network of an existing browser cannot be changed. AWS's own browser, which every account has, is not judged.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Browser
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:BedrockAgentCore.5", "NIST-800-53:SC-7"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-5",
)
def agent_browser_private(browser: Browser) -> Iterator[Fault]:
    mode = browser.network.network_mode
    if mode != "VPC":
        yield Fault(f"the browser reaches the internet past any VPC: its network is {mode}", field="network")
