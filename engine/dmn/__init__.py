"""DMN decisions: parser, hit policies and evaluation on FEEL."""
