namespace MemU.Text;

/// <summary>How exactly a date is known.</summary>
internal enum DatePrecision
{
    /// <summary>One day.</summary>
    Day,

    /// <summary>A Saturday and its Sunday.</summary>
    Weekend,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}
