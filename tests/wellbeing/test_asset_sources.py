"""Where the front-end files come from, and what is changed in them."""

from pathlib import Path

import pytest

from wellbeing.assets import AssetsFault, registry, restyle

CSS = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}a{font-family:GDS Transport,arial,sans-serif;color:#1d70b8}/*# sourceMappingURL=a.css.map */"
OURS = "a{font-family:Arial,Helvetica,sans-serif;color:#12436d}"


@pytest.mark.parametrize(
    ("css", "ours"),
    [
        (CSS, OURS),
        ('a{font-family:"GDS Transport",arial,sans-serif}', "a{font-family:Arial,Helvetica,sans-serif}"),
        ("a{b:c}.f:before{background:url(/assets/images/govuk-crest.svg)}d{e:f}", "a{b:c}d{e:f}"),
        ("@media print{.f{mask:url(/assets/images/govuk-crest.svg)}}", "@media print{}"),
        (".moj-header__logotype-crest{top:1px}a{b:c}", "a{b:c}"),
        ("a{background:url(/assets/images/icon-x.svg)}", "a{background:url(images/icon-x.svg)}"),
        ("a{color:#1a65a6}a:hover{color:#0f385c}", "a{color:#12436d}a:hover{color:#0b2a45}"),
    ],
)  # fmt: skip
def test_a_style_sheet_is_made_ours(css: str, ours: str) -> None:
    assert restyle.style_sheet("x.css", css) == ours


@pytest.mark.parametrize(
    "css",
    [
        "a{font-family:GDS Transport,Helvetica}",
        "a{font-family:'gds transport'}",
        "@font-face {font-family:x}",
        ".crown-and-crest{top:1px}",
        "a{background:url(/assets/x.png)}",
        "/* # sourceMappingURL=x */",
        "a{color:#1D70B8}",
    ],
)
def test_a_leftover_of_a_new_version_is_a_fault(css: str) -> None:
    with pytest.raises(AssetsFault, match=r"^x\.css still has "):
        restyle.style_sheet("x.css", css)


def test_a_script_loses_its_source_map_alone() -> None:
    assert restyle.script("x.js", "f();//# sourceMappingURL=x.js.map\n") == "f();\n"


@pytest.mark.parametrize(
    ("environment", "project", "user", "name", "address"),
    [
        ("", "", "", "govuk-frontend", registry.DEFAULT),
        ("http://e/", "registry=http://p", "registry=http://u", "govuk-frontend", "http://e"),
        ("", "registry=http://p/npm/", "registry=http://u", "govuk-frontend", "http://p/npm"),
        ("", "# registry=http://p", " registry = http://u", "govuk-frontend", "http://u"),
        ("", "", "registry=http://${PLACE}/x", "govuk-frontend", "http://here/x"),
        ("http://e", "@moj:registry=http://m", "", "@moj/frontend", "http://m"),
        ("http://e", "@moj:registry=http://m", "", "govuk-frontend", "http://e"),
    ],
)
def test_the_registry_is_npms_own_choice(
    environment: str,
    project: str,
    user: str,
    name: str,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "PROJECT", tmp_path)
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", environment)
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / "user"))
    monkeypatch.setenv("PLACE", "here")
    (tmp_path / ".npmrc").write_text(project)
    (tmp_path / "user").write_text(user)
    assert registry.registry_of(name) == address
