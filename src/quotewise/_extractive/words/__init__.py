"""What the words of a line say by themselves: how common, of which kind, leaning on what came before."""
