# Completes memu in zsh.
_memu_complete() {
    local -a words_found
    words_found=("${(@f)$(memu "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
    (( ${#words_found} )) && [[ -n "${words_found[1]}" ]] && compadd -- "${words_found[@]}" || _files
}
compdef _memu_complete memu
