// Runs before the first paint: shows the theme from the cookie even on pages kept by the browser's back button.
(function () {
  "use strict";
  var found = document.cookie.match(/(?:^|; )wp_theme=(light|dark)(?:;|$)/);
  if (found) document.documentElement.setAttribute("data-kern-theme", found[1]);
  else document.documentElement.removeAttribute("data-kern-theme");
  document.documentElement.classList.add("wp-js");
})();
