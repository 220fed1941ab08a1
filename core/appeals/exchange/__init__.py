"""Files in and out: import and export of appeals, streamed, of any size."""
