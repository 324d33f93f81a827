# Completion of statuscode for fish.

function __statuscode_ask
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l current (commandline --current-token --cut-at-cursor)
    STATUSCODE_COMPLETE=1 command statuscode $words[2..] "$current" 2> /dev/null
end

# fish completes file names itself, where an argument takes one.
complete --command statuscode --no-files --keep-order \
    --arguments '(__statuscode_ask | string match --invert :files)'
complete --command statuscode --condition '__statuscode_ask | string match --quiet :files' \
    --force-files
