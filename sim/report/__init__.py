"""Figures, tables, terminal texts and the page that hands a result on."""
