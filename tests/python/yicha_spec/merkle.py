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
