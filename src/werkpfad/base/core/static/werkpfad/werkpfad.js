// Small conveniences. Every page works without them.
(function () {
  "use strict";

  function each(root, selector, work) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), work);
  }

  // ---- light, dark or as the system says -------------------------------------------------------
  function theme() {
    return document.documentElement.getAttribute("data-kern-theme") || "";
  }

  function showTheme() {
    each(document, "[data-wp-theme] button", function (button) {
      button.setAttribute("aria-pressed", String(button.value === theme()));
    });
  }

  function setTheme(value) {
    var secure = location.protocol === "https:" ? "; Secure" : "";
    var life = value ? "; Max-Age=31536000" : "; Max-Age=0";
    document.cookie = "wp_theme=" + value + "; Path=/; SameSite=Lax" + life + secure;
    if (value) document.documentElement.setAttribute("data-kern-theme", value);
    else document.documentElement.removeAttribute("data-kern-theme");
    showTheme();
  }

  // ---- menus close with Escape or a click elsewhere --------------------------------------------
  function closeMenus(except) {
    each(document, "details[data-wp-menu][open]", function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-wp-menu]"));
    var button = event.target.closest("button");
    if (!button) return;
    if (button.closest("[data-wp-theme]")) setTheme(button.value);
    if (button.hasAttribute("data-wp-print")) window.print();
    if (button.hasAttribute("data-wp-copy")) copy(button);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details[data-wp-menu][open]");
    if (!open) return;
    var inside = open.contains(document.activeElement);
    closeMenus(null);
    if (inside) open.querySelector("summary").focus();
  });

  function copy(button) {
    navigator.clipboard.writeText(button.dataset.wpCopy).then(function () {
      var label = button.querySelector("[data-wp-done]");
      var before = label.textContent;
      label.textContent = label.dataset.wpDone;
      label.setAttribute("role", "status");
      setTimeout(function () { label.textContent = before; }, 2500);
    });
  }

  // ---- sign-in code: capitals and the dash --------------------------------------------------------
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.hasAttribute || !field.hasAttribute("data-wp-code")) return;
    if (field.selectionStart !== field.value.length) return;
    var code = field.value.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 8);
    field.value = code.length > 4 ? code.slice(0, 4) + "-" + code.slice(4) : code;
  });

  // ---- no second submit while the first one is on its way ----------------------------------------
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method.toLowerCase() !== "post") return;
    if (form.dataset.wpSent) { event.preventDefault(); return; }
    form.dataset.wpSent = "1";
    setTimeout(function () { delete form.dataset.wpSent; }, 4000);
  });

  // ---- at most so many tiles ----------------------------------------------------------------------
  function limitTiles(group) {
    var most = Number(group.dataset.wpMaximum);
    var boxes = group.querySelectorAll("input[type=checkbox]");
    var chosen = group.querySelectorAll("input:checked").length;
    Array.prototype.forEach.call(boxes, function (box) {
      box.disabled = !box.checked && chosen >= most;
    });
  }

  document.addEventListener("change", function (event) {
    var group = event.target.closest && event.target.closest("[data-wp-maximum]");
    if (group) limitTiles(group);
  });

  // ---- rank lists by dragging; the buttons stay ---------------------------------------------------
  function makeSortable(form) {
    var list = form.querySelector("ol");
    var dragged = null;
    each(list, "[data-wp-key]", function (item) { item.draggable = true; });
    list.addEventListener("dragstart", function (event) {
      dragged = event.target.closest("[data-wp-key]");
      if (!dragged) return;
      dragged.classList.add("wp-rank__item--dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", function (event) {
      var over = event.target.closest("[data-wp-key]");
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      var box = over.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY > box.top + box.height / 2 ? over.nextSibling : over);
    });
    list.addEventListener("dragend", function () {
      if (!dragged) return;
      dragged.classList.remove("wp-rank__item--dragged");
      dragged = null;
      var keys = Array.prototype.map.call(list.children, function (item) { return item.dataset.wpKey; });
      var order = document.createElement("input");
      order.type = "hidden";
      order.name = form.dataset.wpRank;
      order.value = "order:" + keys.join(",");
      form.appendChild(order);
      form.requestSubmit();
    });
  }

  // ---- each new piece of page ---------------------------------------------------------------------
  function prepare(root) {
    each(root, "[data-wp-theme], [data-wp-print]", function (part) { part.hidden = false; });
    if (navigator.clipboard) each(root, "[data-wp-copy]", function (button) { button.hidden = false; });
    each(root, "[data-wp-maximum]", limitTiles);
    each(root, "[data-wp-rank]", makeSortable);
    each(root, "[data-wp-focus]", function (summary) { summary.focus(); });
  }

  // A filter folds on phones only.
  var wide = window.matchMedia("(min-width: 62em)");
  function unfold() {
    if (wide.matches) each(document, "[data-wp-wide-open]", function (part) { part.open = true; });
  }

  prepare(document);
  showTheme();
  unfold();
  wide.addEventListener("change", unfold);
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) prepare(event.target); });
})();
