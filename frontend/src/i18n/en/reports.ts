export default {
  title: "Overview",
  unmet_title: "Not met",
  plan_title: "Progress of the plan",
} as const;
