using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Settings;

namespace MemU.Cli.Verbs;

internal static class ConfigVerb
{
    public static Verb Create()
    {
        var describe = VerbOptions.Switch("--describe", "Say of every setting what it is for and which variable sets it.");
        return new Verb(
            "config", "Print the settings in effect and where each comes from; secrets are masked.",
            "memu config",
            "memu config --describe",
            "MEMU_LLM_PROVIDER=ollama memu config --json",
            "echo '{\"user_id\": \"alice\", \"llm\": {\"provider\": \"offline\"}}' > memu.json && memu config")
        {
            Remarks =
                """
                Later wins: defaults, memu.json (or --config FILE, or MEMU_CONFIG), MEMU_* variables, options.
                Settings that do not fit together are an error (exit code 2) after the list.
                A setting llm.chat_model is {"llm": {"chat_model": …}} in memu.json and MEMU_LLM_CHAT_MODEL in the environment.
                """,
        }.With(describe).Does(call =>
        {
            var loaded = call.Settings;
            if (!call.Output.Json)
            {
                Show(call.Output, loaded, call.Get(describe));
            }

            // Opens nothing, but finds out whether the settings fit together.
            _ = call.Host;
            call.Output.Result(
                new ConfigJson(loaded.File, loaded.Effective.ToDictionary(e => e.Key.Name, e => new SettingJson(e.Value, e.Origin, e.Key.Variable, e.Key.Description))),
                _ => { });
            return Task.CompletedTask;
        });
    }

    private static void Show(CliOutput output, LoadedSettings loaded, bool describe)
    {
        var rows = describe ? new Rows("SETTING", "VARIABLE", "WHAT FOR") : new Rows("SETTING", "FROM", "VALUE");
        foreach (var setting in loaded.Effective)
        {
            if (describe)
            {
                rows.Add(setting.Key.Name, setting.Key.Variable ?? "(file only)", setting.Key.Description);
            }
            else
            {
                rows.Add(setting.Key.Name, setting.Origin, setting.Value ?? "-");
            }
        }

        rows.ShowOn(output);
        output.Remark($"Settings file: {loaded.File ?? "none (memu.json in the current folder would be read)"}");
    }
}
