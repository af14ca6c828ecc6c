"""The synthetic cohort: people made up by a seeded generator, who stand in for those nobody published.

`published` reads what the printed figures demand, `people` makes persons up, `plan` decides who does what, and `walk`
sends them through the doors of the product, the same ones that real people use. No statistic is computed here.
"""
