export default {
  people_title: "People",
  grants_title: "Grants",
  organisations_title: "Organisations",
  venues_title: "Venues",
  settings_title: "Settings",
  holidays_title: "Holidays",
  plan_title: "Plan and targets",
} as const;
