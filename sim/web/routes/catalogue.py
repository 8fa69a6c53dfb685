"""Addresses of what can be chosen: words, catalogue, parameters, portraits of presets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from sim.web.catalogue import Catalogue, Texts, catalogue, texts
from sim.web.portrait import Parameters, Portrait, parameters, preset_portrait
from sim.web.refusing import words_of
from sim.web.sessions import session_of

router = APIRouter(prefix="/api", tags=["catalogue"], dependencies=[Depends(session_of)])
Preset = Annotated[str, Query(max_length=80)]


@router.get("/words")
def read_words(request: Request) -> Texts:
    """The page's words in one language."""
    return texts(words_of(request).lang)


@router.get("/catalogue")
def read_catalogue(request: Request) -> Catalogue:
    """Kinds of communities, goals, policies with their settings, glossary, limits."""
    limits = request.app.state.settings.limits
    return catalogue(words_of(request).lang, upload_mb=limits.upload_mb)


@router.get("/portrait")
def read_portrait(request: Request, preset: Preset) -> Portrait:
    """What a community shipped with qunsim is."""
    return preset_portrait(preset, words_of(request).lang)


@router.get("/parameters")
def read_parameters(
    request: Request, find: Annotated[str, Query(max_length=200)] = "", preset: Preset = "knowledge"
) -> Parameters:
    """Parameters that can be set, with their values in a preset."""
    return parameters(find, preset=preset, lang=words_of(request).lang)
