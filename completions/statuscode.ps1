# Completion of statuscode for PowerShell.

Register-ArgumentCompleter -Native -CommandName statuscode -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    # Before 7.3, PowerShell drops empty arguments.
    $current = "$wordToComplete"
    if ($current -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { $current = '""' }

    $env:STATUSCODE_COMPLETE = '1'
    try {
        $lines = & statuscode @words $current 2> $null
    } finally {
        Remove-Item Env:\STATUSCODE_COMPLETE
    }
    foreach ($line in $lines) {
        if ($line -eq ':files') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
        } else {
            $value, $help = $line -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    }
}
