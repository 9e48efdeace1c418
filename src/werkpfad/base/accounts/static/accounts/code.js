// A QR code carries the sign-in code in the address's fragment, which no browser sends to the server.
// Copy it into the field, and take it out of the address bar so that it stays in no history.
(function () {
  "use strict";
  var field = document.querySelector("[data-wp-code]");
  var found = /[#&]code=([0-9A-Za-z-]{8,9})(&|$)/.exec(window.location.hash);
  if (!field || !found) return;
  field.value = found[1].toUpperCase();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  history.replaceState(null, "", window.location.pathname + window.location.search);
  var button = field.form.querySelector("button[type=submit]");
  if (button) button.focus();
})();
