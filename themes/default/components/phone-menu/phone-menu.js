// The menu of a phone lies over the whole page. So the focus goes into it, and whoever leaves it with the tab key sees the
// page again instead of moving about behind the menu.

(() => {
  const menu = document.getElementById("site.menu");
  // In a browser without popovers the menu is a part of the page like any other.
  if (!menu?.showPopover) return;
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") menu.querySelector("button").focus();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (menu.matches(":popover-open") && !menu.contains(target)) menu.hidePopover();
  });
})();
