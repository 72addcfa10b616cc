// What the guide says of itself, with the synonyms that somebody who knows these manuals would write down.

const synonyms = [
  ["remove", "uninstall", "delete", "purge"],
  ["repository", "archive", "mirror", "repo"],
  ["commit", "check in", "revision"],
  ["password", "passphrase", "credentials"],
  ["error", "failure", "exception"],
  ["directory", "folder"],
  ["firewall", "packet filter", "iptables", "nftables"],
  ["upgrade", "update", "newer version"],
  ["boot", "start up", "bootstrap"],
  ["email", "e-mail", "mail"],
  ["root", "superuser", "administrator"],
  ["function", "procedure", "routine", "subroutine"],
  ["database", "db"],
  ["wireless", "wifi", "wlan"],
  ["log in", "login", "sign in", "logon"],
  ["stop", "halt", "shut down", "shutdown", "power off"],
  ["schedule", "timer", "cron"],
  ["clone", "duplicate", "copy"],
  ["revert", "undo", "roll back", "rollback"],
  ["compromised", "hacked", "cracked", "break-in"],
  ["spam", "junk mail", "unsolicited"],
  ["optimization", "performance", "speed", "tuning"],
  ["virtual machine", "vm", "virtualization", "hypervisor"],
  ["bug", "defect", "mistake"],
  ["translation", "localization", "l10n", "internationalization", "i18n"],
  ["monitoring", "supervision", "surveillance"],
];

export const site = `title: Manuals
levels: { reading-hard: off }
synonyms:
${synonyms.map((row) => `  - ${JSON.stringify(row)}`).join("\n")}
`;
