"""From subscriptions to a filled archive: decide, retrieve, parse, label, store; then the deep pass."""
