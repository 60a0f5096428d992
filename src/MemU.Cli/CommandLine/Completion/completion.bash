# Completes memu in bash.
_memu_complete() {
    local IFS=$'\n'
    COMPREPLY=($(memu "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
}
complete -o default -F _memu_complete memu
