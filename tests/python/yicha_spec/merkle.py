"""The tree of RFC 9162, section 2.1. `H` makes a hash object of the suite, as those of hashlib do."""


def leaf_hash(H, data):
    return H(b"\x00" + data).digest()


def node_hash(H, left, right):
    return H(b"\x01" + left + right).digest()


def split(size):
    """The largest power of two below size."""
    return 1 << ((size - 1).bit_length() - 1)


def root(H, leaves):
    """MTH over the leaf hashes of a tree with at least one leaf."""
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node_hash(H, root(H, leaves[:k]), root(H, leaves[k:]))


def inclusion_path(H, index, leaves):
    """PATH: the hashes beside the way from leaf to root, from the leaf upwards."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return inclusion_path(H, index, leaves[:k]) + [root(H, leaves[k:])]
    return inclusion_path(H, index - k, leaves[k:]) + [root(H, leaves[:k])]


def root_from_path(H, index, size, leaf, path):
    """The root that a leaf and its path lead to, or None when the path's length is wrong."""
    if size == 1:
        return leaf if index == 0 and not path else None
    if not path or not 0 <= index < size:
        return None
    k = split(size)
    *below, beside = path
    if index < k:
        left, right = root_from_path(H, index, k, leaf, below), beside
    else:
        left, right = beside, root_from_path(H, index - k, size - k, leaf, below)
    return None if left is None or right is None else node_hash(H, left, right)


def roots_from_path(H, old, new, old_root, path, whole=True):
    """The roots of two sizes of a tree that a consistency path leads to, or None when its length is wrong.

    The path leaves out the old root where all of the tree above is the old one's (`whole`).
    """
    if old == new:
        if whole:
            return None if path else (old_root, old_root)
        return (path[0], path[0]) if len(path) == 1 else None
    if not path or not 0 < old < new:
        return None
    k = split(new)
    *below, beside = path
    if old <= k:
        roots = roots_from_path(H, old, k, old_root, below, whole)
        return roots and (roots[0], node_hash(H, roots[1], beside))
    roots = roots_from_path(H, old - k, new - k, old_root, below, False)
    return roots and (node_hash(H, beside, roots[0]), node_hash(H, beside, roots[1]))
