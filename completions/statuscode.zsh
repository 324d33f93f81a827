#compdef statuscode
# Completion of statuscode for Zsh: install it as _statuscode in a directory of $fpath, or source it.

_statuscode() {
    local line ret=1
    local -a candidates
    local -i files=0
    for line in "${(@f)$(STATUSCODE_COMPLETE=1 command statuscode \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}"; do
        case $line in
            '') ;;
            :files) files=1 ;;
            *$'\t'*) candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
            *) candidates+=("${line//:/\\:}") ;;
        esac
    done
    (( $#candidates )) && _describe -V statuscode candidates && ret=0
    if (( files )); then
        [[ $PREFIX == --*=* ]] && compset -P '*='
        _files && ret=0
    fi
    return ret
}

if [[ $funcstack[1] == _statuscode ]]; then
    _statuscode "$@"
else
    compdef _statuscode statuscode
fi
