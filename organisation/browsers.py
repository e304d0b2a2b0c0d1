"""What a browser calls itself, in words: enough for a person to recognise it, too little to follow them by it."""

# Each calls itself also by the names of those below it.
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "Programma non riconosciuto"


def browser_words(user_agent: str) -> str:
    """Return the family of a browser and its system, «Firefox su Windows», from its User-Agent header."""
    family = next((words for mark, words in FAMILIES if mark in user_agent), UNKNOWN)
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    return f"{family} su {system}" if system else family
