"""The password of a workspace as the person meets it: asked for, chosen, and the lock that comes by itself."""
