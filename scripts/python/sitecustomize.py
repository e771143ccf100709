"""Python imports this when it starts. What it makes from then on until it is ready is hardly ever garbage, and looking for
some takes a twelfth of that time. Whoever starts it says when garbage is collected."""

import gc

gc.disable()
