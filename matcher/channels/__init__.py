"""Ways of comparing two texts, each a scikit-learn transformer with a name.

``words`` and ``characters`` compare what is written and so speak within one
language; ``concepts``, ``vectors`` and ``encoder`` compare what is meant and
speak across languages.
"""
