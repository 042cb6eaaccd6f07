// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/derivationparser.h"

#include "models/charts/vectorregisters.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace {

using Instruction = Derivation::Instruction;
using Kind = Instruction::Kind;
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// best and value are not NaN.
template<class Choose>
void running(std::vector<double> &values, Choose choose)
{
    double best = noNumber;
    for (double &value : values) {
        if (std::isnan(value))
            continue;
        best = std::isnan(best) ? value : choose(best, value);
        value = best;
    }
}

void runningMean(std::vector<double> &values)
{
    double count = 0;
    double sum = 0;
    for (double &value : values) {
        if (std::isnan(value))
            continue;
        sum += value;
        value = sum / ++count;
    }
}

void differences(std::vector<double> &values)
{
    double before = noNumber;
    for (double &value : values) {
        const double here = value;
        value = here - before;
        before = here;
    }
}

// As IEEE 754 says of minimum and maximum: NaN where one of the two is.
double smaller(double a, double b)
{
    return std::isnan(a) || a < b ? a : b;
}

double larger(double a, double b)
{
    return std::isnan(a) || a > b ? a : b;
}

// A column, or one number for all points.
struct Value
{
    bool isNumber = false;
    double number = 0;
    std::vector<double> column = {};

    std::vector<double> expanded(std::size_t size) &&
    {
        return isNumber ? std::vector<double>(size, number) : std::move(column);
    }
};

template<class F>
Value applied(Value a, F f)
{
    a.number = f(a.number);
    for (double &value : a.column)
        value = f(value);
    return a;
}

template<class F>
Value combined(Value a, Value b, F f)
{
    if (b.isNumber)
        return applied(std::move(a), [&](double x) { return f(x, b.number); });
    if (a.isNumber)
        return applied(std::move(b), [&](double x) { return f(a.number, x); });
    for (std::size_t i = 0; i < a.column.size(); ++i)
        a.column[i] = f(a.column[i], b.column[i]);
    return a;
}

// Runs a program over columns that are all of the same size.
class Evaluation
{
public:
    Evaluation(const std::vector<std::vector<double>> &columns, std::size_t size)
        : m_columns(columns)
        , m_size(size)
    {
    }

    std::vector<double> of(const std::vector<Instruction> &program)
    {
        for (const Instruction &instruction : program)
            run(instruction);
        return std::move(m_stack.back()).expanded(m_size);
    }

private:
    void run(const Instruction &instruction)
    {
        switch (instruction.kind) {
        case Kind::Number:
            m_stack.push_back({true, instruction.number});
            return;
        case Kind::Metric:
            m_stack.push_back({false, 0, m_columns[instruction.index]});
            return;
        case Kind::Negate:
            return takeOne([](double x) { return -x; });
        case Kind::Add:
            return takeTwo(std::plus<double>());
        case Kind::Subtract:
            return takeTwo(std::minus<double>());
        case Kind::Multiply:
            return takeTwo(std::multiplies<double>());
        case Kind::Divide:
            return takeTwo(std::divides<double>());
        case Kind::Power:
            return takeTwo([](double x, double y) { return std::pow(x, y); });
        case Kind::Function:
            return function(derivationFunctions.at(instruction.index));
        }
    }

    template<class F>
    void takeOne(F f)
    {
        m_stack.back() = applied(std::move(m_stack.back()), f);
    }

    template<class F>
    void takeTwo(F f)
    {
        Value last = std::move(m_stack.back());
        m_stack.pop_back();
        m_stack.back() = combined(std::move(m_stack.back()), std::move(last), f);
    }

    void function(const DerivationFunction &function)
    {
        if (function.ofNumber)
            return takeOne(function.ofNumber);
        if (function.ofTwo)
            return takeTwo(function.ofTwo);
        std::vector<double> column = std::move(m_stack.back()).expanded(m_size);
        function.ofColumn(column);
        m_stack.back() = {false, 0, std::move(column)};
    }

    const std::vector<std::vector<double>> &m_columns;
    std::size_t m_size;
    std::vector<Value> m_stack;
};

// Whether point i of one metric stands where point i of the other does.
bool isSameOrder(const Points &one, const Points &other)
{
    return one.hasSteps() == other.hasSteps() && one.withoutStep().empty() && other.withoutStep().empty()
        && one.steps().isSame(other.steps());
}

bool hasRepeatedSteps(const Steps &steps)
{
    if (steps.isUniform())
        return false;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (steps[i] == steps[i - 1])
            return true;
    }
    return false;
}

// For each metric the points that stand at the steps that all have, the last one of each step. A point without a step
// stands nowhere, and where one metric has steps and another only an order they have nothing in common.
std::vector<std::vector<std::uint32_t>> joined(const std::vector<PointsPointer> &metrics)
{
    std::vector<std::vector<std::uint32_t>> chosen(metrics.size());
    std::vector<std::size_t> after(metrics.size()); // the first point behind the step
    std::vector<std::size_t> last(metrics.size(), none); // the one with a place before it
    const Steps &first = metrics.front()->steps();
    if (!std::all_of(metrics.cbegin(), metrics.cend(),
            [&](const PointsPointer &one) { return one->hasSteps() == metrics.front()->hasSteps(); }))
        return chosen;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (metrics.front()->hasPlace(i))
            last[0] = i;
        if (i + 1 < first.size() && first[i + 1] == first[i])
            continue;
        bool hasAll = last[0] != none && first[last[0]] == first[i];
        for (std::size_t metric = 1; metric < metrics.size() && hasAll; ++metric) {
            const Points &points = *metrics[metric];
            const Steps &steps = points.steps();
            for (; after[metric] < steps.size() && steps[after[metric]] <= first[i]; ++after[metric])
                last[metric] = points.hasPlace(after[metric]) ? after[metric] : last[metric];
            hasAll = last[metric] != none && steps[last[metric]] == first[i];
        }
        for (std::size_t metric = 0; metric < metrics.size() && hasAll; ++metric)
            chosen[metric].push_back(static_cast<std::uint32_t>(last[metric]));
    }
    return chosen;
}

// Points that joined() passed over because they have no step.
std::size_t unjoined(const std::vector<PointsPointer> &metrics)
{
    const bool anySteps = std::any_of(
        metrics.cbegin(), metrics.cend(), [](const PointsPointer &one) { return one->hasSteps(); });
    std::size_t count = 0;
    for (const PointsPointer &one : metrics)
        count += one->hasSteps() ? one->withoutStep().size() : anySteps ? one->size() : 0;
    return count;
}

template<class Numbers>
std::vector<double> picked(const Numbers &numbers, const std::vector<std::uint32_t> &indexes)
{
    std::vector<double> result(indexes.size());
    std::transform(indexes.cbegin(), indexes.cend(), result.begin(), [&](std::uint32_t i) { return numbers[i]; });
    return result;
}

} // namespace

const std::array<DerivationFunction, 12> derivationFunctions{{
    {u"abs", false, [](double x) { return std::abs(x); }},
    {u"log", false, [](double x) { return std::log(x); }},
    {u"log10", false, [](double x) { return std::log10(x); }},
    {u"log2", false, [](double x) { return std::log2(x); }},
    {u"exp", false, [](double x) { return std::exp(x); }},
    {u"sqrt", false, [](double x) { return std::sqrt(x); }},
    {u"min", true, nullptr, smaller},
    {u"max", true, nullptr, larger},
    {u"running_min", false, nullptr, nullptr, [](std::vector<double> &values) { running(values, smaller); }},
    {u"running_max", false, nullptr, nullptr, [](std::vector<double> &values) { running(values, larger); }},
    {u"running_mean", false, nullptr, nullptr, runningMean},
    {u"diff", false, nullptr, nullptr, differences},
}};

Derivation::Reading Derivation::read(const QString &text, const std::function<bool(const QString &)> &isMetric)
{
    DerivationParser parser(text, isMetric);
    Reading reading;
    std::vector<Instruction> program = parser.parse();
    reading.problem = parser.problem;
    if (reading.problem)
        return reading;
    reading.derivation.m_program = std::make_shared<const std::vector<Instruction>>(std::move(program));
    reading.derivation.m_text = text;
    reading.derivation.m_metrics = parser.metrics;
    return reading;
}

QString Derivation::written(const QString &metric)
{
    const Reading plain = read(metric);
    if (!plain.problem && plain.derivation.isPlainMetric() && plain.derivation.metrics().constFirst() == metric)
        return metric;
    const QChar quote = metric.contains(u'\'') && !metric.contains(u'"') ? u'"' : u'\'';
    QString text = metric;
    text.replace(u'\\', QStringLiteral("\\\\")).replace(quote, QStringLiteral("\\") + quote);
    return quote + text + quote;
}

QString Derivation::text() const
{
    return m_text;
}

const QStringList &Derivation::metrics() const
{
    return m_metrics;
}

bool Derivation::isPlainMetric() const
{
    return m_program && m_program->size() == 1 && m_program->front().kind == Kind::Metric;
}

PointsPointer Derivation::points(const std::function<PointsPointer(const QString &)> &of) const
{
    std::vector<PointsPointer> metrics;
    for (const QString &metric : m_metrics) {
        metrics.push_back(of(metric));
        if (!metrics.back())
            return nullptr;
    }
    if (!m_program || metrics.empty())
        return nullptr;
    const PointsPointer &first = metrics.front();
    if (isPlainMetric())
        return first;
    clearVectorRegisters();
    const bool isAligned = metrics.size() == 1
        || (!hasRepeatedSteps(first->steps()) && std::all_of(metrics.cbegin() + 1, metrics.cend(),
                [&](const PointsPointer &one) { return isSameOrder(*one, *first); }));
    std::vector<std::vector<double>> columns;
    if (isAligned) {
        for (const PointsPointer &one : metrics)
            columns.push_back(one->values());
        return std::make_shared<const Points>(
            Points::withValues(*first, Evaluation(columns, first->size()).of(*m_program)));
    }
    const auto chosen = joined(metrics);
    for (std::size_t i = 0; i < metrics.size(); ++i)
        columns.push_back(picked(metrics[i]->values(), chosen[i]));
    const auto pickedFirst = [&](const std::shared_ptr<const Steps> &column) {
        return column ? picked(*column, chosen[0]) : std::vector<double>();
    };
    Points::Columns result;
    result.values = Evaluation(columns, chosen[0].size()).of(*m_program);
    if (first->hasSteps()) // else what is common is counted again
        result.steps = picked(first->steps(), chosen[0]);
    result.epochs = pickedFirst(first->epochs());
    result.times = pickedFirst(first->times());
    result.durations = pickedFirst(first->durations());
    auto computed = std::make_shared<Points>(std::move(result));
    computed->setUnjoined(unjoined(metrics));
    return computed;
}
