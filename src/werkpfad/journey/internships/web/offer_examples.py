"""One worked example for each occupational field: how an offer sounds when a 13-year-old likes to read it.

Written for this project. A company may take one over as a template and change it.
"""

from typing import NamedTuple


class OfferExample(NamedTuple):
    """Words for the first page of an offer, and what to bring."""

    title: str
    description: str
    activities: str


EXAMPLES: dict[str, OfferExample] = {
    "bau": OfferExample(
        "Ein Tag auf der Baustelle",
        "Du siehst, wie ein Haus entsteht, und mauerst mit Anleitung deine erste eigene Ecke.",
        "Steine setzen\nMörtel mischen\nMit Wasserwaage und Zollstock messen",
    ),
    "bueroverwaltung": OfferExample(
        "Hinter den Kulissen eines Büros",
        "Du begleitest einen Auftrag von der ersten Anfrage bis zur Rechnung und übernimmst einen Schritt selbst.",
        "Eine Anfrage beantworten\nEinen Termin planen\nEine Tabelle anlegen",
    ),
    "chemie-labor": OfferExample(
        "Proben untersuchen im Labor",
        "Du ziehst einen Kittel an, untersuchst Wasserproben und schreibst auf, was du herausgefunden hast.",
        "Messen und pipettieren\nUnter dem Mikroskop vergleichen\nEin Messprotokoll führen",
    ),
    "elektro": OfferExample(
        "Strom zum Leuchten bringen",
        "Du baust eine Wechselschaltung auf einem Brett auf und begleitest uns zu einer Kundin.",
        "Leitungen abisolieren\nSchalter und Lampe anschließen\nMit dem Messgerät prüfen",
    ),
    "farbe-raum": OfferExample(
        "Eine Wand wird neu",
        "Du streichst und tapezierst eine Übungswand und mischst deinen eigenen Farbton.",
        "Untergrund vorbereiten\nFarben mischen\nStreichen und abkleben",
    ),
    "fahrzeuge": OfferExample(
        "In der Werkstatt: Räder, Bremsen, Öl",
        "Du hilfst bei der Durchsicht eines Autos und wechselst mit Anleitung selbst ein Rad.",
        "Reifen prüfen und wechseln\nFlüssigkeiten kontrollieren\nFehler mit dem Tester auslesen",
    ),
    "gastronomie": OfferExample(
        "Kochen für 80 Gäste",
        "Du bereitest mit der Küche das Mittagessen vor und richtest einen Teller selbst an.",
        "Gemüse putzen und schneiden\nNach Rezept mitkochen\nTische eindecken",
    ),
    "gesundheit": OfferExample(
        "Ein Tag in der Praxis",
        "Du lernst den Empfang, das Labor und die Hilfsmittel kennen und misst bei uns im Team den Blutdruck.",
        "Besucher:innen empfangen\nMaterial vorbereiten\nPuls und Blutdruck messen",
    ),
    "pflege": OfferExample(
        "Für Menschen da sein",
        "Du begleitest eine Pflegekraft durch den Vormittag, liest vor, spielst und hilfst beim Essen.",
        "Spaziergang begleiten\nBeschäftigung vorbereiten\nEssen anreichen",
    ),
    "gruene-berufe": OfferExample(
        "Draußen mit Pflanzen und Tieren",
        "Du versorgst morgens die Tiere und pflanzt am Nachmittag ein Beet, das du später wieder besuchen kannst.",
        "Füttern und ausmisten\nSäen und pflanzen\nGeräte kennenlernen",
    ),
    "handel": OfferExample(
        "Verkaufen kann man lernen",
        "Du räumst ein Regal so ein, dass Kund:innen gern zugreifen, und berätst am Ende selbst jemanden.",
        "Ware annehmen und prüfen\nRegal gestalten\nAn der Kasse zuschauen",
    ),
    "holz": OfferExample(
        "Bau dein eigenes Regal",
        "Du sägst, schleifst und leimst ein kleines Regal und nimmst es mit nach Hause.",
        "Messen und anzeichnen\nSägen und schleifen\nLeimen und ölen",
    ),
    "it": OfferExample(
        "Eine App, die funktioniert",
        "Du programmierst mit uns eine kleine App und bringst sie auf dein eigenes Handy.",
        "Idee skizzieren\nMit Anleitung programmieren\nFehler suchen und vorführen",
    ),
    "koerperpflege": OfferExample(
        "Waschen, schneiden, stylen",
        "Du übst Frisuren am Übungskopf und hilfst, dass sich unsere Kund:innen wohlfühlen.",
        "Haare waschen\nFlechten und föhnen am Übungskopf\nArbeitsplatz vorbereiten",
    ),
    "kunst-medien": OfferExample(
        "Vom Einfall zum Plakat",
        "Du gestaltest ein Plakat am Bildschirm und druckst es am Ende in groß.",
        "Ideen sammeln\nFotografieren und bearbeiten\nAm Rechner gestalten",
    ),
    "lager-logistik": OfferExample(
        "Der Weg eines Pakets",
        "Du verfolgst eine Bestellung vom Regal bis zum Lkw und packst selbst.",
        "Ware suchen und scannen\nPacken und sichern\nTouren planen",
    ),
    "lebensmittel": OfferExample(
        "Um sechs riecht es nach Brötchen",
        "Du formst Brötchen und Kleingebäck und nimmst eine Tüte davon mit nach Hause.",
        "Teig abwiegen\nFormen und belegen\nVerkaufsraum vorbereiten",
    ),
    "metall": OfferExample(
        "Aus Blech wird ein Würfel",
        "Du feilst, bohrst und gravierst einen Würfel aus Aluminium, der dir bleibt.",
        "Anreißen und körnen\nFeilen und bohren\nAn der Fräsmaschine zuschauen",
    ),
    "recht-sicherheit": OfferExample(
        "Für Sicherheit sorgen",
        "Du erfährst, wie wir Veranstaltungen schützen, und planst selbst einen Rettungsweg.",
        "Einen Plan lesen\nFunken üben\nEinen Rundgang begleiten",
    ),
    "soziales-erziehung": OfferExample(
        "Ein Vormittag in der Kita",
        "Du spielst, bastelst und liest mit den Kindern und bereitest ein kleines Angebot vor.",
        "Vorlesen\nBasteln\nBeim Frühstück helfen",
    ),
    "sport-tourismus": OfferExample(
        "Gäste begeistern",
        "Du hilfst, eine Tour vorzubereiten, und begleitest unsere Gäste ein Stück.",
        "Ausrüstung ausgeben\nGäste empfangen\nEine Route planen",
    ),
    "textil-mode": OfferExample(
        "Deine erste Tasche",
        "Du schneidest Stoff zu und nähst eine Tasche, die du behältst.",
        "Schnitt auflegen\nZuschneiden\nMit der Maschine nähen",
    ),
}
