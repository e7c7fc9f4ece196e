export default {
  title: "Complaints and suggestions",
  one_title: "My complaint",
  list_title: "Complaints",
} as const;
