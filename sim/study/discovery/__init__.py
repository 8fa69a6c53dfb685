"""Where in the space of the uncertain factors something happens, and what tells it apart.

Works on a table of factors and one output, wherever it came from: ``condition`` says what is looked
for, ``prim`` finds boxes, ``tree`` rules, ``effects`` thresholds and interactions, ``surrogate``
stands for the model between its points, ``discover`` does all of it.
"""
