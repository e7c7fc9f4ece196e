export default {
  submitted: "To dispatch",
  dispatched: "To accept",
  accepted: "To claim",
  claimed: "Claimed",
  scheduled: "Scheduled",
  fulfilled: "Done",
  disputed: "Disputed",
  closed: "Closed",
  rejected: "Not taken on",
  withdrawn: "Withdrawn",
  merged: "Merged",
  unmet: "Not met",
} as const;
