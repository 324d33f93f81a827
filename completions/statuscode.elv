# Completion of statuscode for Elvish.

use str

set edit:completion:arg-completer[statuscode] = {|@words|
    env STATUSCODE_COMPLETE=1 statuscode (all $words[1..]) 2> /dev/null | from-lines | each {|line|
        if (eq $line ':files') {
            edit:complete-filename $words[-1]
        } elif (str:contains $line "\t") {
            var value help = (str:split &max=2 "\t" $line)
            edit:complex-candidate $value &display=$value' '$help
        } else {
            put $line
        }
    }
}
