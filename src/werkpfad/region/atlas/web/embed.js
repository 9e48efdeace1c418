// <werkpfad-netzwerk region="..." farbton="145" hoehe="720"></werkpfad-netzwerk>: the map of a region in a frame.
(function () {
  "use strict";
  var origin = new URL(document.currentScript.src).origin;

  customElements.define("werkpfad-netzwerk", class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      var address = new URL("/netzwerk/einbetten/" + encodeURIComponent(this.getAttribute("region") || "") + "/", origin);
      if (this.getAttribute("farbton")) address.searchParams.set("farbton", this.getAttribute("farbton"));
      var frame = document.createElement("iframe");
      frame.src = address.href;
      frame.title = this.getAttribute("titel") || "Netzwerkkarte";
      frame.loading = "lazy";
      frame.width = "100%";
      frame.height = this.getAttribute("hoehe") || "900";
      frame.style.border = "0";
      this.attachShadow({ mode: "open" }).appendChild(frame);
    }
  });
})();
