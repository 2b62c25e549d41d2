"""Disks that machines use, or that hold classed data, are encrypted.

Why: a disk without encryption can be copied into a snapshot and shared with another account, where everything on it is read without
any key: training data, models, credentials in home folders.

Fix: take a snapshot, copy it with encryption under the workload's key, make a disk of the copy and swap the two while the machine is
stopped. A disk cannot be encrypted in place. Disks in the hardware of a machine (NVMe) are no volumes and not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Volume
from hexward.inventory.sensitivity import class_of
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:EC2.3", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
)
def volume_encrypted(volume: Volume) -> Iterator[Fault]:
    if volume.encrypted:
        return
    told = class_of(volume.tags)
    if volume.state == "in-use":
        yield Fault("a machine uses the disk, which is not encrypted", field="encrypted")
    elif told is not None:
        yield Fault(f"the disk holds {told} data and is not encrypted", field="encrypted")
    else:
        raise NotApplicable("no machine uses it and no tag tells the class of its data")
