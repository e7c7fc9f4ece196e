export default {
  title: "Ask for an event",
  done_title: "We have it",
} as const;
