"""Trail: CloudTrail in every region, whole and tamper-evident, with the data events that make detections possible."""
