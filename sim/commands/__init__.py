"""What the verbs of the command line do; ``sim.cli`` says which there are."""
