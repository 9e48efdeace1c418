"""The region's settings."""

import re

from django import forms

_ORIGIN = re.compile(r"https://[a-z0-9*]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class RegionForm(forms.Form):
    groups = (
        ("So erreicht man die Koordination", ["contact_name", "contact_email", "contact_phone"]),
        ("Fristen", ["company_answer_days", "pupil_answer_days", "school_answer_days"]),
        ("Suche und Zahlen", ["max_distance_km", "min_group_size"]),
        ("Texte", ["insurance_text", "imprint", "privacy_notice"]),
        ("Aussehen", ["accent_hue", "embed_hosts"]),
    )
    contact_name = forms.CharField(label="Name", required=False, max_length=120)
    contact_email = forms.EmailField(label="E-Mail", required=False)
    contact_phone = forms.CharField(label="Telefon", required=False, max_length=40)
    company_answer_days = forms.IntegerField(
        label="Tage, die ein Betrieb zum Antworten hat", min_value=1, max_value=30
    )
    pupil_answer_days = forms.IntegerField(
        label="Tage, die Schüler:innen zum Annehmen haben", min_value=1, max_value=30
    )
    school_answer_days = forms.IntegerField(
        label="Tage, die die Schule zum Genehmigen hat", min_value=1, max_value=30
    )
    max_distance_km = forms.IntegerField(
        label="Weitester Weg in Kilometern",
        min_value=1,
        max_value=200,
        help_text="Vorschlag für neue Programme.",
    )
    min_group_size = forms.IntegerField(
        label="Kleinste Gruppe in Auswertungen",
        min_value=3,
        max_value=50,
        help_text="Gruppen, die kleiner sind, werden nicht gezeigt.",
    )
    insurance_text = forms.CharField(
        label="Versicherung",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Steht in jeder Praktikumsvereinbarung.",
    )
    imprint = forms.CharField(
        label="Impressum", required=False, max_length=8000, widget=forms.Textarea
    )
    privacy_notice = forms.CharField(
        label="Hinweise zum Datenschutz", required=False, max_length=20000, widget=forms.Textarea
    )
    accent_hue = forms.IntegerField(
        label="Farbton",
        required=False,
        min_value=0,
        max_value=359,
        help_text="0 bis 359: 30 Orange, 145 Grün, 200 Petrol, 260 Blau, 330 Rosa. "
        "Leer: die Farbe von Werkpfad. Helligkeit und Kontrast bleiben immer lesbar.",
    )
    embed_hosts = forms.CharField(
        label="Websites, die unsere Netzwerkkarte zeigen dürfen",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eine Adresse je Zeile, zum Beispiel https://www.landkreis.example. Leer: keine.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_embed_hosts(self) -> str:
        """Origins only, one per line: what stands here goes into a header."""
        found = [
            line.strip().lower().rstrip("/")
            for line in self.cleaned_data["embed_hosts"].splitlines()
        ]
        found = [line for line in found if line]
        wrong = [line for line in found if not _ORIGIN.fullmatch(line)]
        if wrong:
            raise forms.ValidationError(
                f"„{wrong[0]}“ ist keine Adresse, wie wir sie brauchen: https:// und der Name der Website, sonst nichts."
            )
        return "\n".join(found)
