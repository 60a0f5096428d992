using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Chooses among the wanted types. A custom type is chosen only where its own words occur.</summary>
internal sealed class TypeChooser
{
    private const int InstructionWords = 2;

    private readonly HashSet<string> wanted;
    private readonly List<(string Type, HashSet<string> Name, HashSet<string> Instruction)> custom = [];

    public TypeChooser(ExtractRequest request)
    {
        wanted = [.. request.MemoryTypes];
        foreach (var type in request.MemoryTypes.Except(MemoryTypes.Default))
        {
            var instruction = request.TypeInstructions.GetValueOrDefault(type) ?? "";
            custom.Add((type, [.. Generic.Without(TextAnalyzer.Terms(type))], [.. Generic.Without(TextAnalyzer.Terms(instruction))]));
        }
    }

    /// <summary>The type of a group; null when none of the wanted ones fits.</summary>
    public string? Choose(StatementGroup group)
    {
        if (custom.Count > 0)
        {
            var terms = group.Statements.SelectMany(s => s.Terms).ToHashSet();
            var fits = custom.FirstOrDefault(c => c.Name.Overlaps(terms) || c.Instruction.Count(terms.Contains) >= InstructionWords);
            if (fits.Type is not null)
            {
                return fits.Type;
            }
        }

        return TypeRules.Fitting(group.Statements).FirstOrDefault(wanted.Contains);
    }
}
