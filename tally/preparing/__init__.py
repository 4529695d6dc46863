"""From a definition to what is sealed: the draft, its poster, manifests and packages."""
