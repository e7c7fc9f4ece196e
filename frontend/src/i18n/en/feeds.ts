/** Calendars to subscribe to. */
export default {
  title: "Subscribe to a calendar",
  text: "Events come into your phone's calendar by themselves, and follow when they are moved or called off.",
  which: "Which calendar",
  open_events: "The county's open events",
  own: "What I am in charge of",
  kind_organisation: "all that it plans",
  kind_venue: "all that takes place there",
  secret_text:
    "This calendar has events that are not open, so you get a secret address. Whoever has it can read it: do not pass it on.",
  there_already:
    "You have an address already; it was shown once. If it is lost, take a new one: the old one stops at once, and your phone must subscribe anew.",
  make: "Give me a secret address",
  replace: "Take a new address",
  once: "The address is shown this once. Subscribe or copy it now. Whoever has it can read it: do not pass it on.",
  copy: "Copy the address",
  copied: "The address is copied.",
  not_copied: "It could not be copied. Press long on the address above to copy it.",
  open: "Open in this phone's calendar",
  code: "QR code of the calendar's address",
  scan: "If you see this on a computer, scan it with your phone's camera.",
  how: "How to get it into the phone",
  how_iphone: "iPhone: tap “Open in this phone's calendar”, then “Subscribe”.",
  how_android:
    "Other phones: copy the address, open the settings of the calendar, look for “subscribe” or “by address”, and paste it. Where there is no such setting, install a calendar app that can subscribe.",
  how_computer:
    "Computer: in Outlook or another calendar choose “Add calendar from the internet” and paste the address.",
  follows: "Most phones look once an hour, some only once a day.",
  subscribe: "Subscribe to a calendar",
  account_text:
    "Secret addresses by which a phone's calendar shows events. If one came to the wrong person, give it up.",
  since: "Given {at}",
  works_not: "This role has ended, and the address does not work any more.",
  give_up: "Give up",
  give_up_this: "Give up: {name}",
  give_up_ask: "Give this address up?",
  give_up_text: "Phones that use it see nothing new from then on. You can always take a new one.",
  given_up: "The address was given up.",
} as const;
