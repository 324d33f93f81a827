complete --keep-order --exclusive --command statuscode --arguments "(COMPLETE=fish statuscode -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
