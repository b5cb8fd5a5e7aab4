"""CommerceML 2.x and 3.1, the language of 1С «Обмен с сайтом»: reading, writing, archives, and a twin of the 1С side.

Words: каталог (products), пакет предложений (variants, prices, stock), классификатор (dictionaries), документ (orders
and what follows them). Nothing here knows Django; names of elements are compared without their namespace.
"""
