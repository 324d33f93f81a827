# Completion of statuscode for Bash 3.2 and later.

_statuscode() {
    local word line i=0 words=()
    # Bash splits --option=value, but the program expects one word.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$2"; do
        if [[ $i -gt 0 && ( $word == = || ${words[i-1]} == --*= ) ]]; then
            words[i-1]+=$word
        else
            words[i++]=$word
        fi
    done
    # Bash completes what follows the last =.
    local prefix=
    [[ ${words[i-1]} == --*=* ]] && prefix=${words[i-1]%%=*}=
    local files=+o
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            files=-o
        else
            line=${line%%$'\t'*}
            COMPREPLY+=("${line#"$prefix"}")
        fi
    done < <(STATUSCODE_COMPLETE=1 command statuscode "${words[@]}" 2> /dev/null)
    # Bash completes file names itself if there are no other candidates.
    compopt "$files" default 2> /dev/null
}

complete -o default -o nosort -F _statuscode statuscode 2> /dev/null ||
    complete -o default -F _statuscode statuscode
